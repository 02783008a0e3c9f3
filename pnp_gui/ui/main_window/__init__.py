"""The window itself: bars, menus, the lower pane, notifications, navigation."""
