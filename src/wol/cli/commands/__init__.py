"""The commands, one module each, named by what one types after `wol`; what several of them use is in `wol.cli`."""
