"""Random centres whose rows arrive drop by drop, and two homes that must publish the same of them."""
