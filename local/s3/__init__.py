"""Replace S3 on one machine: moto's server, with objects that survive a restart."""
