"""A static encoder drawn towards pairs of texts that belong together: numpy alone, in minutes, from where it stands."""
