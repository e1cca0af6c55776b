"""Run the Lambdas on one machine: serverless-offline with its process pool replaced by `plugin.mjs`."""
