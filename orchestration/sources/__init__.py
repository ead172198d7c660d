"""Source adapters: each turns the records of one landed file into rows of the contract's feeds."""
