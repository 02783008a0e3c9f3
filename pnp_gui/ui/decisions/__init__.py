"""The technician's actions on phones: approve, deny, reboot, approve all."""
