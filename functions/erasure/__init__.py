"""The commands that erase a person or a store. No function contains them: an operator runs them."""
