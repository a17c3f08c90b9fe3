//! What every store must do with those who work at the desk, told as stories.
