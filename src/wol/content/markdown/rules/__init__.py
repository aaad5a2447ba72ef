"""The rules that wol adds to the parser, one piece of syntax in each module."""
