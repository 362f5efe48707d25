"""The report of an evaluation: figures, plots and every question, as fragments of HTML and as one file."""
