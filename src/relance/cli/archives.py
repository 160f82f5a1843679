"""The sentences of an archive that cannot be used."""
