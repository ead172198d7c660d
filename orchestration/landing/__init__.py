"""Taking the files of landing/: found, read, checked, written to raw/, and committed by one ledger record each."""
