"""The Lambdas."""
