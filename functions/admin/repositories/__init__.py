"""The queries of the admin Lambda. Each function takes the superadmin on whose behalf it reads every store."""
