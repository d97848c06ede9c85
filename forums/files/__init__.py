"""What a file is, judged by its content: kinds, archives, pictures. Nothing here knows posts or people."""
