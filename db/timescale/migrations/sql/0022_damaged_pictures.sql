-- The edge worker reports a picture that is damaged by lost packets.

ALTER TABLE cameras DROP CONSTRAINT cameras_picture_check;

ALTER TABLE cameras ADD CONSTRAINT cameras_picture_check
  CHECK (picture IN ('ok', 'frozen', 'covered', 'moved', 'damaged', 'people_not_seen'));
