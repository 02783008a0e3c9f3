"""What was said: trace, ladder, log. Bounded; nothing decides by it."""
