"""The documents of a drill, drafted from templates and edited: working plan, script, plans of evaluation and support."""
