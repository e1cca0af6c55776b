"""The edge worker as a service of a user, which `metrica-edge service` installs."""
