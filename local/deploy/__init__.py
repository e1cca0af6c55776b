"""Deploy on AWS what is not a Lambda: `metrica deploy pages` and `metrica deploy logins`."""
