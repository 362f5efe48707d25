"""What can be wrong with an encoder.

EmbeddingsError
  EncoderNotFound       no model at the path that was set
  EncoderDamaged        the files are there but do not load, or their hashes differ from the manifest
"""

from typing import ClassVar


class EmbeddingsError(Exception):
    """Base of the tree. ``facts`` holds the values that ``template`` names."""

    template: ClassVar[str] = "the encoder cannot be used"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.template.format(**facts))


class EncoderNotFound(EmbeddingsError):
    """``path`` was set as the encoder and holds none."""

    template = "{path}: no sentence-transformers model here; give the path of a local model folder"


class EncoderDamaged(EmbeddingsError):
    """``detail`` says what did not load or match."""

    template = "{path}: the encoder cannot be loaded ({detail}); restore the folder"
