"""How good are the answers: test sets, metrics, the run, what it adds up to, and whether a change helped."""
