"""When automations run by themselves: triggers, what is due, and who may start it. Knows no engine."""
