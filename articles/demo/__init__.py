"""The Kelder Courier, a newsroom to try things on: invented people and places, loaded by `manage.py demo`."""
