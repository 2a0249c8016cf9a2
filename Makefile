.PHONY: help demo test soak faults screenshots lint format clean

help:
	@tools/dev help

demo:
	@tools/dev demo

test:
	@tools/dev test $(ARGS)

soak:
	@tools/dev soak $(ARGS)

faults:
	@tools/dev faults $(ARGS)

screenshots:
	@tools/dev screenshots

lint:
	@tools/dev lint

format:
	@tools/dev format

clean:
	@tools/dev clean
