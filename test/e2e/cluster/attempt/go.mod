module heddle.dev/test/cluster/attempt

go 1.26.0
