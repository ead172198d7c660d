"""Sites of single readers: which rows they may see, and what follows from what they see."""
