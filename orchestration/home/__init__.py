"""The folder of a centre: where things lie in it, who may write, and what is kept there."""
