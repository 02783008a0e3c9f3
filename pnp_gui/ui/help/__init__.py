"""The manual and the licence texts in windows of the program, and the log's folder."""
