"""What other rooms may ask of search: to index an object again, to take it out, to search."""
