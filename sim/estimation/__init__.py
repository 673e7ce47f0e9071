"""The model fitted to the record, replayed through it and scored on months it has not seen."""
