"""The network: what may be asked at all, addresses, how answers come over the wire, patience."""
