"""What the window says: words and sentences, and how text from elsewhere gets into them."""
