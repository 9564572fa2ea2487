"""Stories, speakers, quotes and sources: one app, because the four are one web."""
