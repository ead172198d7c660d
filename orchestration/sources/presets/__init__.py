"""Mappings of known systems, a YAML file each; README.md says what each covers and what its system does not record."""
