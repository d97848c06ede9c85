"""What operators, continuous integration and developers call; `make help` lists it. See also scripts/elasticsearch."""
