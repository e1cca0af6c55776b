"""How right counts are: exact intervals, and the certificate of an entrance. Pure; of the edge worker and the cloud."""
