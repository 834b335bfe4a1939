"""Which model should answer: what a question shows, who may take it, and why. Nothing here asks a model or the network.

`signals` and `followups` read the text, `router` decides, `provider` answers as decided, `replay` asks what would have
been. `weights` holds the few fitted numbers and says where they come from.
"""
