"""Files of any other system, by the mapping that centre.yaml has for them."""
