"""The window itself: bars, the split into table and lower pane, notifications, problems."""
