"""The output folder: files of earlier builds, and their inputs."""
