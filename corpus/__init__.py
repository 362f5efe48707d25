"""Files in, paragraphs out: loading, cleaning and splitting documents. No model and no index lives here."""
