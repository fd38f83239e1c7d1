"""The loudspeaker: how a call is spelled, rendered, kept, put in line and played."""
