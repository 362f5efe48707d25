"""One format of test sets a module: its cases, and the contexts that come with them."""
