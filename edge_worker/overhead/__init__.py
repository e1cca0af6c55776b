"""Views from straight above: the model knows the people in them better when the picture is turned."""
