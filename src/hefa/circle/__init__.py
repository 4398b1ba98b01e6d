"""The 15-minute mediation circle: who can walk to a mediator in time, who cannot, and what would help most.

Plain Python over numpy and scipy; only `record` asks the database. Degrees are WGS84, lengths metres, speeds metres a
second. Walking goes both ways along every road: a one-way sign is for wheels.
"""
