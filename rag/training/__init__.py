"""The recipes behind the bundled readers. Needs the ``train`` extra and the data; nothing here runs when answering."""
