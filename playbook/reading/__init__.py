"""What the pages show: queries cut to the reader, shaped for the templates. Imported by the models only when a page is served."""
