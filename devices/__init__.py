"""What all hardware shares: lines, frames, outlets, the driver registry, the agent process, virtual wires."""
