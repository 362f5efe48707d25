"""The face: the command line and the web page. It only asks ``rag``."""
