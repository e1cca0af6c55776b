"""Deploy the built pages on AWS: `metrica deploy pages`."""
