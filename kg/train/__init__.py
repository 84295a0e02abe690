"""Trains and exports the reader model. Needs the extra `train`; never imported at run time."""
